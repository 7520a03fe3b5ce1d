// Copyright (c) The terraform-provider-wachat Authors
// SPDX-License-Identifier: MPL-2.0

package wachattest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// object is a JSON object whose members keep their order, so that an answer
// looks as on the reference page.
type object []member

type member struct {
	name  string
	value any
}

func (o object) with(m member) object {
	if at := o.index(m.name); at >= 0 {
		o[at] = m
		return o
	}
	return append(o, m)
}

func (o object) without(name string) object {
	if at := o.index(name); at >= 0 {
		return slices.Delete(o, at, at+1)
	}
	return o
}

func (o object) index(name string) int {
	return slices.IndexFunc(o, func(m member) bool { return m.name == name })
}

// encode panics where a test has set a value that JSON cannot hold.
func (o object) encode() []byte {
	body, err := json.Marshal(o)
	if err != nil {
		panic(fmt.Sprintf("wachattest: encode the answer: %v", err))
	}
	return body
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var buffer bytes.Buffer
	buffer.WriteByte('{')
	for n, m := range o {
		if n > 0 {
			buffer.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, fmt.Errorf("member %s: %w", m.name, err)
		}
		buffer.Write(name)
		buffer.WriteByte(':')
		buffer.Write(value)
	}
	buffer.WriteByte('}')
	return buffer.Bytes(), nil
}
