variable "emergency_sender" {
  description = "Number to use in an emergency, instead of reading the instance."
  type        = string
  default     = null
}

data "wachat_instance_state" "shop" {
  count = var.emergency_sender == null ? 1 : 0

  instance_name = "t1_mq9r2jov_jakarta_store"
}

resource "terraform_data" "order_notices" {
  input = {
    sender = var.emergency_sender == null ? one(data.wachat_instance_state.shop[*].number) : var.emergency_sender
  }

  lifecycle {
    precondition {
      condition     = alltrue(data.wachat_instance_state.shop[*].connected)
      error_message = "The shop is in state \"${join("", data.wachat_instance_state.shop[*].state)}\". To deploy anyway, set emergency_sender."
    }
  }
}
