variable "instance_names" {
  description = "Unique API names of the instances."
  type        = list(string)
}

data "wachat_instance_states" "stores" {
  instance_names  = var.instance_names
  tolerate_errors = true
}

locals {
  connected = {
    for name, store in data.wachat_instance_states.stores.instances : name => store
    if store.connected
  }
}

resource "terraform_data" "campaign" {
  input = {
    senders = { for name, store in local.connected : name => store.number }
  }

  lifecycle {
    precondition {
      condition     = length(local.connected) > 0
      error_message = "No store is connected: ${join(", ", data.wachat_instance_states.stores.not_connected)}."
    }
  }
}
