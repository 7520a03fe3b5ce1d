locals {
  stores = toset(["t1_mq9r2jov_jakarta_store", "t1_mqc3zame_jakarta_store"])
}

ephemeral "wachat_instance_state" "stores" {
  for_each = local.stores

  instance_name  = each.key
  required_state = "open"
}

resource "terraform_data" "order_notices" {
  for_each = local.stores

  input = {
    instance = each.key
  }

  lifecycle {
    precondition {
      condition     = ephemeral.wachat_instance_state.stores[each.key].connected
      error_message = "The instance is not open."
    }
  }
}
