variable "gate" {
  description = "Set to false in an emergency."
  type        = bool
  default     = true
}

action "wachat_require_instance_state" "shop" {
  config {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
}

resource "terraform_data" "order_notices" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }

  lifecycle {
    action_trigger {
      condition = var.gate
      events    = [before_create, before_update]
      actions   = [action.wachat_require_instance_state.shop]
    }
  }
}
