variable "gate" {
  description = "Set to false in an emergency."
  type        = bool
  default     = true
}

ephemeral "wachat_instance_state" "shop" {
  count = var.gate ? 1 : 0

  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}

resource "terraform_data" "order_notices" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }

  lifecycle {
    precondition {
      condition     = alltrue(ephemeral.wachat_instance_state.shop[*].connected)
      error_message = "The instance is not open."
    }
  }
}
