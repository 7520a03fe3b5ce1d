terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

# The instance has to be open in every poll for 30 seconds. If it drops, the 30
# seconds start again, as long as wait_timeout has time left.
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  stable_for     = "30s"
  wait_timeout   = "2m"
}

resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.shop.number
  }
}

output "sender" {
  value = terraform_data.order_notices.output.sender
}
