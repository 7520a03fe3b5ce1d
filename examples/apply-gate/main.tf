# The state is read again when a saved plan is applied. Nothing that is read is
# stored in plan or state.

terraform {
  required_version = ">= 1.10" # for ephemeral resources

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

ephemeral "wachat_instance_state" "shop" {
  instance_name  = var.instance_name
  required_state = "open"
}

# A placeholder for what sends the notices. The gate stops it because it refers
# to the ephemeral resource. The gate does not stop other resources.
resource "terraform_data" "order_notices" {
  input = {
    instance = var.instance_name
  }

  lifecycle {
    # Never false: the read itself fails if the instance is not open.
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "The WhatsApp instance is not open."
    }
  }
}
