// What people write by hand: the newest image of a parameter in all regions, asked for in one region after another.
import { DescribeImagesCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const [Name] = process.argv.slice(2);
const { Regions } = await new EC2Client().send(new DescribeRegionsCommand({ AllRegions: false }));
const ids = {};
for (const { RegionName: region } of Regions) {
  const { Parameter } = await new SSMClient({ region }).send(new GetParameterCommand({ Name }));
  const { Images: [image] } = await new EC2Client({ region }).send(new DescribeImagesCommand({ ImageIds: [Parameter.Value] }));
  ids[region] = image.ImageId;
}
console.log(JSON.stringify(ids));
