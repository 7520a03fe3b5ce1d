data "wachat_instance_states" "stores" {
  instance_names = ["t1_mq9r2jov_jakarta_store", "t1_mqc3zame_jakarta_store"]
}

# The gate: the plan fails while a store is not connected.
resource "terraform_data" "campaign" {
  input = {
    senders = { for name, store in data.wachat_instance_states.stores.instances : name => store.number }
  }

  lifecycle {
    precondition {
      condition     = data.wachat_instance_states.stores.all_connected
      error_message = "Not connected: ${join(", ", data.wachat_instance_states.stores.not_connected)}."
    }
  }
}
