# Rules for the JSON of a plan (terraform show -json), for all of its modules.
package main

# The resource types that send messages, in your configuration.
senders := {"terraform_data"}

# The data sources that Terraform has read for the plan.
reads contains resource if {
	walk(input.prior_state.values, [_, resource])
	resource.mode == "data"
	resource.type in {"wachat_instance_state", "wachat_instance_states"}
}

deny contains message if {
	some read in reads
	read.type == "wachat_instance_state"
	not read.values.connected
	message := sprintf("%s: instance %s is %s, not open.", [read.address, read.values.instance_name, read.values.state])
}

deny contains message if {
	some read in reads
	some name in read.values.not_connected
	message := sprintf("%s: instance %s is not connected.", [read.address, name])
}

# A read that is deferred to the apply has no result yet.
deny contains message if {
	some change in input.resource_changes
	change.type in {"wachat_instance_state", "wachat_instance_states"}
	"read" in change.change.actions
	change.action_reason != "read_because_check_nested"
	message := sprintf("%s is read only during the apply.", [change.address])
}

# A module that creates or updates a sender has to read an instance.
deny contains message if {
	some change in input.resource_changes
	change.type in senders
	some action in change.change.actions
	action in {"create", "update"}
	not object.get(change, "module_address", "") in modules_with_reads
	message := sprintf("%s: its module does not read an instance.", [change.address])
}

modules_with_reads contains module if {
	some read in reads
	module := trim_suffix(split(read.address, "data.")[0], ".")
}
