variable "instance_names" {
  description = "Unique API names of the instances."
  type        = list(string)
}

data "wachat_instance_states" "stores" {
  instance_names  = var.instance_names
  tolerate_errors = true
}

check "stores_are_connected" {
  assert {
    condition     = data.wachat_instance_states.stores.all_connected
    error_message = "Not connected: ${join(", ", data.wachat_instance_states.stores.not_connected)}."
  }
}

output "states" {
  value = { for name, store in data.wachat_instance_states.stores.instances : name => store.state }
}

output "errors" {
  value = data.wachat_instance_states.stores.errors
}
