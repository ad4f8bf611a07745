// The packages of each language, and how they get to its users.
import type { awscdk } from 'projen';

export function languages(owner: string, name: string) {
  return {
    publishToPypi: { distName: name, module: 'cdk_workshop_instance', trustedPublishing: true, attestations: true },
    publishToMaven: { javaPackage: 'io.github.cdkworkshopinstance', mavenGroupId: `io.github.${owner}`, mavenArtifactId: name, mavenServerId: 'central-ossrh' },
    // A repository of its own: the release pushes the code and a tag there.
    publishToGo: { moduleName: `github.com/${owner}/${name}-go`, githubUseSsh: true },
    publishToNuget: { dotNetNamespace: 'CdkWorkshopInstance', packageId: 'CdkWorkshopInstance', trustedPublishing: true },
  };
}

/** A build makes the package for npm alone: that of each other language takes its toolchain, and is made of this one by \`package:LANGUAGE\`. */
export function packageOneByOne(project: awscdk.AwsCdkConstructLibrary) {
  project.packageTask.reset();
  project.packageTask.spawn(project.tasks.tryFind('package:js')!);
}
