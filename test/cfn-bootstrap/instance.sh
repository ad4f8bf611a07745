#!/bin/bash
# Runs a command on this machine as on an instance of its own: FOLDER has what the instance writes to, and the rest of
# /etc, /opt and /usr/share is as on the machine. What it writes elsewhere, it writes on the machine.
#
#     unshare --map-root-user --mount instance.sh FOLDER COMMAND...
set -e
folder=$1
shift
mkdir -p "$folder"/{machine,etc/cfn,etc/systemd/system,opt/aws,usr/share,var/lib,var/log}
mount --rbind / "$folder/machine"
for own in etc opt usr/share; do
  for path in /"$own"/*; do
    [ -e "$folder$path" ] || ln -s "$folder/machine$path" "$folder$path"
  done
done
for own in etc opt usr/share var/lib var/log; do
  mount --bind "$folder/$own" "/$own"
done
exec "$@"
