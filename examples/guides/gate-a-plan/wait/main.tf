# Polls every 5 seconds, for up to 2 minutes, until the instance is open.
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  wait_timeout   = "2m"
  poll_interval  = "5s"
}
