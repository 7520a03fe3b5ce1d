action "wachat_require_instance_state" "shop" {
  config {
    instance_name = "t1_mq9r2jov_jakarta_store"
  }
}

# The gate runs right before the order notices are created or updated.
resource "terraform_data" "order_notices" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }

  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.wachat_require_instance_state.shop]
    }
  }
}
