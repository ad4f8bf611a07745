/**
 * When an image that is not pinned may change. A changed image replaces the instance that runs on it.
 */
export enum AmiUpdates {
  /**
   * Every deployment may replace the instance: CloudFormation reads the parameter anew each time, also when
   * the template has not changed. `cdk diff` shows it, `cdk diff --method=template` does not.
   */
  ON_DEPLOY = 'on-deploy',

  /**
   * Nothing changes until you ask for it: the id is kept in `cdk.context.json`.
   *
   * To move on, reset the entry (`cdk context` lists the keys, `cdk context --reset KEY` forgets one), then deploy.
   * Needs a stack with a concrete account and region.
   */
  ON_REQUEST = 'on-request',

  /**
   * Every instance that is launched may run another image, without any deployment: EC2 reads the parameter at each launch.
   *
   * Replaces no running instance. Launch templates only, so also for Auto Scaling groups; elsewhere synth fails.
   */
  ON_LAUNCH = 'on-launch',
}
