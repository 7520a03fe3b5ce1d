variable "jakarta_api_key" {
  type      = string
  sensitive = true
}

variable "bandung_api_key" {
  type      = string
  sensitive = true
}

provider "wachat" {
  alias   = "jakarta"
  api_key = var.jakarta_api_key
}

provider "wachat" {
  alias   = "bandung"
  api_key = var.bandung_api_key
}

data "wachat_instance_state" "jakarta" {
  provider = wachat.jakarta

  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}

data "wachat_instance_state" "bandung" {
  provider = wachat.bandung

  instance_name  = "t2_mqc3zame_bandung_store"
  required_state = "open"
}
