/** The milliseconds that this process has computed: other work on the machine counts less than in the time that goes by. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
