# The state is asked for again when a saved plan is applied, and nothing of it
# is written to plan or state.

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

# Configured by WACHAT_API_KEY, and WACHAT_BASE_URL where it is another than Wachat's own.
provider "wachat" {}

ephemeral "wachat_instance_state" "shop" {
  instance_name  = var.instance_name
  required_state = "open"
}

# Stands for whatever sends the notices. The gate holds it because it refers to
# the ephemeral resource: what does not is made all the same.
resource "terraform_data" "order_notices" {
  input = {
    instance = var.instance_name
  }

  lifecycle {
    # Never false: the read itself fails when the instance is not open.
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "The WhatsApp instance is not open."
    }
  }
}
