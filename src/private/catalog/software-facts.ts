export type PackageManager = 'apt' | 'dnf' | 'yum' | 'zypper';

/** How software gets onto the images of a family, for the commands of this package. */
export interface SoftwareFacts {
  /** Left out where it is not known how packages are installed. */
  readonly packageManager?: PackageManager;
  /**
   * A Python of at least 3.8 with its module venv, and how it is installed. Left out where the publisher has a package
   * aws-cfn-bootstrap, which needs none.
   */
  readonly python?: { readonly command: string; readonly packages: string[]; readonly before?: string[] };
  /**
   * What installs the SSM agent: a package of the publisher, or a file of AWS, as a path in its buckets. Left out where it
   * is preinstalled, or not documented.
   */
  readonly ssmAgentPackage?: string;
  /** False where something else starts the services of a Linux. */
  readonly systemd?: boolean;
}
