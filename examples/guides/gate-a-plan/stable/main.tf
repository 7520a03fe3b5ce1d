# Each poll has to find the instance open, for 30 seconds. If it drops, the 30
# seconds start again while wait_timeout has time left.
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  stable_for     = "30s"
  wait_timeout   = "2m"
}
