# The plan succeeds only while the WhatsApp instance is open. This works with
# every version of Terraform and OpenTofu.

terraform {
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

provider "wachat" {}

data "wachat_instance_state" "shop" {
  instance_name  = var.instance_name
  required_state = "open"
}

output "number" {
  description = "The WhatsApp number of the instance."
  value       = data.wachat_instance_state.shop.number
}
