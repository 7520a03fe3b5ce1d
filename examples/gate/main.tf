# The plan succeeds only while the WhatsApp instance is connected.

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

# Reads the API key from WACHAT_API_KEY.
provider "wachat" {}

data "wachat_instance_state" "shop" {
  instance_name = var.instance_name
}

# A placeholder for what sends the notices: a function, a queue, a workflow.
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

# Refers to the resource, so that the gate runs before the number is used.
output "number" {
  description = "The WhatsApp number that order notices come from."
  value       = terraform_data.order_notices.input.sender
}
