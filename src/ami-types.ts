/**
 * Where the root volume of an image lives.
 *
 * The values are those of the EC2 API (`RootDeviceType`).
 */
export enum RootDevice {
  /**
   * An EBS volume, made from a snapshot: survives a stop, can be encrypted and sized.
   *
   * Every instance type boots from EBS.
   */
  EBS = 'ebs',

  /**
   * A disk of the host, filled from Amazon S3: lost when the instance stops or fails, and the instance cannot be stopped.
   *
   * Only x86_64 images exist, and only the types of the families C1, C3, D2, I2, M1, M2, M3, R3 and X1 boot them.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
   */
  INSTANCE_STORE = 'instance-store',
}
