ephemeral "vault_kv_secret_v2" "wachat" {
  mount = "secret"
  name  = "wachat"
}

provider "wachat" {
  api_key = ephemeral.vault_kv_secret_v2.wachat.data.api_key
}

data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
