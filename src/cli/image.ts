/** An image, in the words that the options and ami.lock.json have for it. */
export interface Image {
  readonly imageId: string;
  readonly name: string;
  readonly description?: string;
  /** A 12-digit account id. */
  readonly owner: string;
  readonly ownerAlias?: string;
  readonly creationDate: string;
  readonly deprecationTime?: string;
  readonly architecture: string;
  readonly rootDevice: string;
  readonly rootDeviceName?: string;
  readonly state: string;
  readonly isPublic: boolean;
  readonly platform: string;
  readonly virtualization: string;
  readonly bootMode?: string;
  readonly enaSupport: boolean;
  readonly imdsSupport?: string;
  readonly tpmSupport?: string;
  readonly blockDevices: BlockDevice[];
}

export interface BlockDevice {
  readonly deviceName: string;
  readonly virtualName?: string;
  readonly snapshotId?: string;
  readonly size?: number;
  readonly volumeType?: string;
  readonly encrypted?: boolean;
}

/** The newest first; those of the same time by their ids, so that the order is always the same. */
export function newestFirst(images: Image[]): Image[] {
  return [...images].sort((a, b) => compare(b.creationDate, a.creationDate) || compare(a.imageId, b.imageId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Whether an image is deprecated at a time, by its own date. */
export function isDeprecated(image: Pick<Image, 'deprecationTime'>, time: Date): boolean {
  return image.deprecationTime !== undefined && new Date(image.deprecationTime) <= time;
}

/** Who owns an image, as people know them. */
export function ownerOf({ owner, ownerAlias }: Pick<Image, 'owner' | 'ownerAlias'>): string {
  return ownerAlias === undefined ? owner : `${owner} (${ownerAlias})`;
}
