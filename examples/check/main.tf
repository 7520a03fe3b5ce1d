# The plan always succeeds, with a warning while the WhatsApp instance is not connected.

terraform {
  required_version = ">= 1.5" # for check blocks

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

# The data source is inside the check block, so a failed read is a warning too.
check "shop_is_connected" {
  data "wachat_instance_state" "shop" {
    instance_name = var.instance_name
  }

  assert {
    condition     = data.wachat_instance_state.shop.connected
    error_message = "The WhatsApp instance ${var.instance_name} is in state \"${data.wachat_instance_state.shop.state}\", so no order notices are sent. Look at it in the Wachat dashboard."
  }
}

# A placeholder for what is deployed whether the instance is connected or not.
resource "terraform_data" "order_queue" {
  input = {
    instance = var.instance_name
  }
}
