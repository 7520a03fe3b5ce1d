# Any state other than open is an error.
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}
