ephemeral "wachat_instance_state" "shop" {
  instance_name  = "t1_mq9r2jov_jakarta_store"
  required_state = "open"
}

# The gate runs during the plan, and again before the order notices are created
# or updated. It stops them because they refer to it.
resource "terraform_data" "order_notices" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }

  lifecycle {
    precondition {
      condition     = ephemeral.wachat_instance_state.shop.connected
      error_message = "The instance is not open."
    }
  }
}
