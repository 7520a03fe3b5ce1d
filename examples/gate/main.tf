terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

variable "instance_name" {
  description = "Unique API name of the instance, such as t1_mq9r2jov_jakarta_store."
  type        = string
}

data "wachat_instance_state" "shop" {
  instance_name = var.instance_name
}

# A placeholder for what sends the notices. The plan fails while the instance is
# not connected.
resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.shop.number
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.connected
      error_message = "Order notices need a connected WhatsApp instance, but ${var.instance_name} is in state \"${data.wachat_instance_state.shop.state}\". Open the Wachat dashboard, scan the QR code and plan again."
    }
  }
}

output "number" {
  value = terraform_data.order_notices.input.sender
}
