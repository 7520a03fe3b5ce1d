data "wachat_instance_states" "shop" {
  instance_names  = ["t1_mq9r2jov_jakarta_store"]
  tolerate_errors = true
}

# The check reads nothing itself, so it changes nothing in the plan.
check "shop_is_connected" {
  assert {
    condition     = data.wachat_instance_states.shop.all_connected
    error_message = "Not connected: ${join(", ", data.wachat_instance_states.shop.not_connected)}. No order notices are sent."
  }
}

resource "terraform_data" "order_queue" {
  input = {
    instance = "t1_mq9r2jov_jakarta_store"
  }
}
