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
	var names []string // of -check
	debugging := flag.Bool("debug", false, "run the provider so that a debugger can be attached to it; it serves one provider block")
	showVersion := flag.Bool("version", false, "print the version and exit")
	flag.Func("check", "read the instance with this unique API `name`, and print each step", func(name string) error {
		names = append(names, name)
		return nil
	})
	flag.Parse()
	// net/http logs unsolicited responses with the standard logger, which
	// Terraform copies into its own log.
	log.SetOutput(io.Discard)
	switch {
	case flag.NArg() > 0 || len(names) > 1:
		fmt.Fprintf(flag.CommandLine.Output(), "%s takes one name, and no other arguments.\n", os.Args[0])
		flag.Usage()
		os.Exit(2)
	case len(names) > 0:
		os.Exit(check(names[0]))
	case *showVersion:
		fmt.Printf("terraform-provider-wachat %s (%s)\n", version, commit)
	default:
		serve(*debugging)
	}
}

func serve(debugging bool) {
	switch {
	case debugging:
		fmt.Println("This process serves one provider block: a second one, with an alias, would get the answers of the first one's account.")
	case os.Getenv("TF_PLUGIN_MAGIC_COOKIE") == "": // a person has started it, not Terraform
		fmt.Fprintln(os.Stderr, "To read an instance without Terraform, use -check with the instance's unique API name.")
	}
	address := tfaddr.NewProvider(tfaddr.DefaultProviderRegistryHost, "wachat-net", "wachat")
	err := providerserver.Serve(context.Background(), provider.New(version, commit), providerserver.ServeOpts{
		Address: address.String(),
		Debug:   debugging,
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
