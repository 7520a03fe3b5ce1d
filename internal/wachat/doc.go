// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// Package wachat is a client for the one endpoint of the Wachat API that this
// provider needs: GET /instance/state, "Get Instance State" in Wachat's API
// reference.
//
// A [Client] reads the connection state of instances and nothing else. It is
// made to be a gate: whatever it does not know for certain is an [Error], never
// a state. The package imports nothing of Terraform.
package wachat
