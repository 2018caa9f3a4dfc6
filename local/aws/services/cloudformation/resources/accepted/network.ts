import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { documentText, flag, number, tags, text } from '../../property-values.ts'
import { accepted } from './accepted.ts'

/** `vpc-0a1b…`: 17 hexadecimal digits, as EC2 gives them. */
const id = (prefix: string) => `${prefix}-0${randomBytes(8).toString('hex')}`

const vpc = accepted(
  'AWS::EC2::VPC',
  z.strictObject({
    CidrBlock: text,
    EnableDnsHostnames: flag.optional(),
    EnableDnsSupport: flag.optional(),
    InstanceTenancy: z.enum(['default', 'dedicated', 'host']).optional(),
    Tags: tags.optional(),
  }),
  ['CidrBlock'],
  ({ CidrBlock }) => {
    const physicalId = id('vpc')
    return { physicalId, attributes: { VpcId: physicalId, CidrBlock, DefaultSecurityGroup: id('sg') } }
  },
)

const subnet = accepted(
  'AWS::EC2::Subnet',
  z.strictObject({
    VpcId: text,
    CidrBlock: text,
    AvailabilityZone: text.optional(),
    MapPublicIpOnLaunch: flag.optional(),
    Tags: tags.optional(),
  }),
  ['VpcId', 'CidrBlock', 'AvailabilityZone'],
  ({ VpcId, CidrBlock, AvailabilityZone }, { platform: { region } }) => {
    const physicalId = id('subnet')
    const zone = AvailabilityZone ?? `${region}a`
    return { physicalId, attributes: { SubnetId: physicalId, VpcId, CidrBlock, AvailabilityZone: zone } }
  },
)

const traffic = {
  IpProtocol: text,
  FromPort: number.optional(),
  ToPort: number.optional(),
  Description: text.optional(),
  CidrIp: text.optional(),
  CidrIpv6: text.optional(),
}
const inbound = { ...traffic, SourceSecurityGroupId: text.optional(), SourcePrefixListId: text.optional() }
const outbound = { ...traffic, DestinationSecurityGroupId: text.optional(), DestinationPrefixListId: text.optional() }

const securityGroup = accepted(
  'AWS::EC2::SecurityGroup',
  z.strictObject({
    GroupDescription: text,
    GroupName: text.optional(),
    VpcId: text.optional(),
    SecurityGroupIngress: z.array(z.strictObject(inbound)).optional(),
    SecurityGroupEgress: z.array(z.strictObject(outbound)).optional(),
    Tags: tags.optional(),
  }),
  ['GroupDescription', 'GroupName', 'VpcId'],
  ({ VpcId = '' }) => {
    const physicalId = id('sg')
    return { physicalId, attributes: { GroupId: physicalId, Id: physicalId, VpcId } }
  },
)

const rule = () => {
  const physicalId = id('sgr')
  return { physicalId, attributes: { Id: physicalId } }
}

const securityGroupIngress = accepted(
  'AWS::EC2::SecurityGroupIngress',
  z.strictObject({ ...inbound, GroupId: text }),
  ['GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'SourcePrefixListId'],
  rule,
)

const securityGroupEgress = accepted(
  'AWS::EC2::SecurityGroupEgress',
  z.strictObject({ ...outbound, GroupId: text }),
  [
    'GroupId',
    'IpProtocol',
    'FromPort',
    'ToPort',
    'CidrIp',
    'CidrIpv6',
    'DestinationSecurityGroupId',
    'DestinationPrefixListId',
  ],
  rule,
)

const routeTable = accepted(
  'AWS::EC2::RouteTable',
  z.strictObject({ VpcId: text, Tags: tags.optional() }),
  ['VpcId'],
  () => {
    const physicalId = id('rtb')
    return { physicalId, attributes: { RouteTableId: physicalId } }
  },
)

const routeTableAssociation = accepted(
  'AWS::EC2::SubnetRouteTableAssociation',
  z.strictObject({ RouteTableId: text, SubnetId: text }),
  ['SubnetId'],
  () => {
    const physicalId = id('rtbassoc')
    return { physicalId, attributes: { Id: physicalId } }
  },
)

const endpoint = accepted(
  'AWS::EC2::VPCEndpoint',
  z.strictObject({
    VpcId: text,
    ServiceName: text,
    VpcEndpointType: z.enum(['Gateway', 'Interface']).optional(),
    SubnetIds: z.array(text).optional(),
    SecurityGroupIds: z.array(text).optional(),
    RouteTableIds: z.array(text).optional(),
    PrivateDnsEnabled: flag.optional(),
    PolicyDocument: documentText.optional(),
    Tags: tags.optional(),
  }),
  ['VpcId', 'ServiceName', 'VpcEndpointType'],
  () => {
    const physicalId = id('vpce')
    return { physicalId, attributes: { Id: physicalId } }
  },
)

/** A function's `VpcConfig` names these; a sandbox still reaches what this machine reaches. */
export const network = [
  vpc,
  subnet,
  securityGroup,
  securityGroupIngress,
  securityGroupEgress,
  routeTable,
  routeTableAssociation,
  endpoint,
]
