terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

# Polls every 5 seconds, for up to 2 minutes, until the instance is connected.
data "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
  wait_timeout   = "2m"
  poll_interval  = "5s"
}

resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.shop.number
  }
}

output "sender" {
  value = terraform_data.order_notices.output.sender
}
