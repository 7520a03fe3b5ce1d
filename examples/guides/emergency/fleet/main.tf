variable "instance_names" {
  description = "Unique API names of the instances."
  type        = list(string)
}

variable "emergency_senders" {
  description = "Numbers by instance name to use in an emergency. These instances are not read."
  type        = map(string)
  default     = {}
}

locals {
  read = [for name in var.instance_names : name if !contains(keys(var.emergency_senders), name)]
  numbers = merge([for stores in data.wachat_instance_states.stores :
    { for name, store in stores.instances : name => store.number }
  ]...)
}

data "wachat_instance_states" "stores" {
  count = length(local.read) > 0 ? 1 : 0

  instance_names = local.read
  required_state = "open"
}

resource "terraform_data" "campaign" {
  input = {
    senders = merge(local.numbers, var.emergency_senders)
  }
}
