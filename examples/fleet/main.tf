# Many instances in one read. The plan succeeds only while all of them are connected.

terraform {
  required_version = ">= 1.4" # for terraform_data

  required_providers {
    wachat = {
      source = "wachat-net/wachat"
    }
  }
}

variable "instance_names" {
  description = "Unique API names of the WhatsApp instances."
  type        = list(string)
}

# Reads the API key from WACHAT_API_KEY.
provider "wachat" {}

data "wachat_instance_states" "shops" {
  instance_names = var.instance_names
}

# A placeholder for what sends messages through all of them.
resource "terraform_data" "campaign" {
  input = {
    senders = [for shop in data.wachat_instance_states.shops.instances : shop.number]
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_states.shops.all_connected
      error_message = "Not connected: ${join(", ", data.wachat_instance_states.shops.not_connected)}. Connect them in the Wachat dashboard and plan again."
    }
  }
}
