#!/usr/bin/env bash
# Swift 6.3.1: a generic type that is `@inlinable` with package access is not specialized in another module of the same
# package. The caller goes through the unspecialized function and the type's metadata, which costs far more than a small
# body. The same source with public access leaves no call at all. So a package-only generic helper, made inlinable to
# make it free, is not free, and no diagnostic says so.
#
# Needs the Swift toolchain and nm. Ends with 0 as long as that is so, else with another code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

swiftc --version 2>/dev/null | sed -n 1p

# calls ACCESS: how many functions of module Helper the optimized module User calls.
calls() {
  local access=$1 at=$folder/$1 flags=(-O -wmo -swift-version 6 -parse-as-library -package-name sample)
  mkdir "$at"
  cat >"$at/Helper.swift" <<SWIFT
$access struct Box<Element>: ~Copyable {
    @usableFromInline var elements: [Element]

    @inlinable $access init(_ elements: [Element]) { self.elements = elements }

    @inlinable $access mutating func change<Result>(_ body: (inout [Element]) -> Result) -> Result {
        body(&elements)
    }
}
SWIFT
  cat >"$at/User.swift" <<'SWIFT'
import Helper

public func last(of numbers: [Int]) -> Int? {
    var box = Box(numbers)
    return box.change { $0.popLast() }
}
SWIFT
  (
    cd "$at"
    swiftc "${flags[@]}" -module-name Helper -emit-module -emit-object -o Helper.o Helper.swift
    swiftc "${flags[@]}" -module-name User -I . -emit-object -o User.o User.swift
    nm --undefined-only User.o | grep -c '6Helper' || true
  )
}

of_package=$(calls package)
of_public=$(calls public)
echo "package access: $of_package references from the caller to the helper"
echo "public access: $of_public references from the caller to the helper"
[ "$of_package" -gt 0 ] && [ "$of_public" -eq 0 ]
