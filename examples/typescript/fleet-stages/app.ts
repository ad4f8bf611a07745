import { App, Stack, Stage, StageProps } from 'aws-cdk-lib';
import { WorkshopFleet } from 'cdk-workshop-instance';
import { Construct } from 'constructs';

// Account → its seats. Another seat in one of them leaves all instances alone.
const ROOMS: Record<string, string[]> = {
  111111111111: ['red', 'green', 'blue'],
  222222222222: ['cyan', 'magenta', 'yellow', 'black'],
};

interface RoomProps extends StageProps {
  readonly seatNames: string[];
}

/** One account of the workshop; each of its stacks takes some hundred seats. */
class Room extends Stage {
  constructor(scope: Construct, id: string, props: RoomProps) {
    super(scope, id, props);
    new WorkshopFleet(new Stack(this, 'Workshop'), 'Fleet', { seatNames: props.seatNames });
  }
}

const app = new App();

// npx aws-cdk@2 deploy 'Room-111111111111/*' --profile PROFILE_OF_THAT_ACCOUNT
for (const [account, seatNames] of Object.entries(ROOMS)) {
  new Room(app, `Room-${account}`, { env: { account, region: 'eu-west-3' }, seatNames });
}
