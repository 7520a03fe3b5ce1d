terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

data "wachat_instance_state" "shop" {
  instance_name = "t1_mq9r2jov_jakarta_store"
}

resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.shop.number
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.connected
      error_message = "Order notices need a connected instance: the shop is in state \"${data.wachat_instance_state.shop.state}\"."
    }
  }
}

# Refers to the resource, so that the gate runs before the number is used.
output "sender" {
  value = terraform_data.order_notices.output.sender
}
