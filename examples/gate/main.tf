# The plan goes through only while the WhatsApp instance is connected.

terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

variable "instance_name" {
  description = "Unique API name of the WhatsApp instance, such as t1_mq9r2jov_jakarta_store."
  type        = string
}

# Configured by WACHAT_API_KEY, and WACHAT_BASE_URL where it is another than Wachat's own.
provider "wachat" {}

data "wachat_instance_state" "shop" {
  instance_name = var.instance_name
}

# Stands for whatever sends the notices: a function, a queue, a workflow.
resource "terraform_data" "order_notices" {
  input = {
    sender = data.wachat_instance_state.shop.number
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_state.shop.connected
      error_message = "Order notices need a connected WhatsApp instance, but ${var.instance_name} is in state \"${data.wachat_instance_state.shop.state}\". Open the Wachat dashboard, scan the QR code, and plan again."
    }
  }
}

# Through the resource, so that the gate comes before the number.
output "number" {
  description = "The WhatsApp number that order notices come from."
  value       = terraform_data.order_notices.input.sender
}
