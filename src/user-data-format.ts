/**
 * What an image takes as user data.
 */
export enum UserDataFormat {
  /**
   * A shell script, as `ec2.UserData.forLinux()` makes it.
   */
  SHELL = 'shell',

  /**
   * A PowerShell script, as `ec2.UserData.forWindows()` makes it.
   */
  POWERSHELL = 'powershell',

  /**
   * Settings in TOML: a shell script is not run.
   *
   * @see https://bottlerocket.dev/en/os/latest/#/api/settings/
   */
  TOML = 'toml',

  /**
   * The image takes none.
   */
  NONE = 'none',
}
