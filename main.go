// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

// terraform-provider-wachat gates a Terraform plan or apply on the connection
// state of a WhatsApp instance at Wachat.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	tfaddr "github.com/hashicorp/terraform-registry-address"

	"github.com/wachat-net/terraform-provider-wachat/internal/provider"
)

// Set by the linker in a release.
var (
	version = "dev"
	commit  = "none"
)

func main() {
	debugging := flag.Bool("debug", false, "run the provider so that a debugger can be attached to it")
	showVersion := flag.Bool("version", false, "print the version and exit")
	var check *string
	flag.Func("check", "read the instance with this unique API name, and report each step", func(name string) error {
		check = &name
		return nil
	})
	flag.Parse()
	if *showVersion {
		fmt.Printf("terraform-provider-wachat %s (%s)\n", version, commit)
		return
	}
	if os.Getenv("GOGC") == "" {
		// Terraform runs many providers at the same time: this saves memory in a
		// large fleet, and costs hardly any time.
		debug.SetGCPercent(75)
	}
	// net/http logs unsolicited responses with the standard logger, which
	// Terraform copies into its own log.
	log.SetOutput(io.Discard)
	if check != nil {
		os.Exit(checkInstance(*check))
	}
	address := tfaddr.NewProvider(tfaddr.DefaultProviderRegistryHost, "wachat-net", "wachat")
	err := providerserver.Serve(context.Background(), provider.New(version, commit), providerserver.ServeOpts{
		Address: address.String(),
		Debug:   *debugging,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// checkInstance returns the exit code of -check.
func checkInstance(name string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if !check(ctx, os.Stdout, name) {
		return 1
	}
	return 0
}
