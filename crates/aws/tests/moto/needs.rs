//! What else the account must have.

use commissary_core::domain::{AccountNeed, Presence};

use crate::server::{Moto, any_key, checked, selection};

const CONTROL_PLANE: &str = "control-plane.cluster-api-provider-aws.sigs.k8s.io";
const NODES: &str = "nodes.cluster-api-provider-aws.sigs.k8s.io";
const EKS: &str = "eks-controlplane.cluster-api-provider-aws.sigs.k8s.io";
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

async fn role(moto: &Moto, name: &str) {
    let call = moto.iam().create_role().role_name(name);
    let call = call.assume_role_policy_document(TRUST);
    call.send().await.unwrap();
}

async fn profile(moto: &Moto, name: &str) {
    let call = moto.iam().create_instance_profile();
    call.instance_profile_name(name).send().await.unwrap();
}

#[tokio::test]
async fn what_is_there_is_told_from_what_is_missing() {
    let moto = Moto::start().await;
    let iam = moto.iam();
    iam.create_user()
        .user_name("Kommander")
        .send()
        .await
        .unwrap();
    let key = iam
        .create_access_key()
        .user_name("Kommander")
        .send()
        .await
        .unwrap();
    let key = key.access_key().unwrap();
    let secret = commissary_core::domain::SecretInput::new(key.secret_access_key().to_owned());
    let key = commissary_core::domain::AccessKey::parse(key.access_key_id(), secret, None);
    let key = key.unwrap().0;
    let call = iam
        .put_user_policy()
        .user_name("Kommander")
        .policy_name("all");
    let call = call.policy_document(selection().policy().to_compact());
    call.send().await.unwrap();
    role(&moto, CONTROL_PLANE).await;
    profile(&moto, CONTROL_PLANE).await;
    let call = iam.add_role_to_instance_profile();
    let call = call
        .instance_profile_name(CONTROL_PLANE)
        .role_name(CONTROL_PLANE);
    call.send().await.unwrap();
    profile(&moto, NODES).await;
    role(&moto, EKS).await;
    let call = iam.create_service_linked_role();
    call.aws_service_name("autoscaling.amazonaws.com")
        .send()
        .await
        .unwrap();

    let admin = moto.session(&any_key()).await;
    let result = checked(&moto, &key, &admin).await;
    let need = |name: &str| -> &AccountNeed {
        result
            .account
            .iter()
            .find(|need| need.name == name)
            .unwrap()
    };
    let missing = |name: &str| match &need(name).presence {
        Presence::Missing { so, in_the_way } => (so.clone(), *in_the_way),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(need(CONTROL_PLANE).presence, Presence::Present);
    assert_eq!(need(EKS).presence, Presence::Present);
    assert_eq!(
        need("AWSServiceRoleForAutoScaling").presence,
        Presence::Present
    );
    let (so, in_the_way) = missing(NODES);
    assert!(so.contains("holds no role") && in_the_way, "{so}");
    let (so, in_the_way) = missing("AWSServiceRoleForElasticLoadBalancing");
    assert!(so.contains("at first use") && !in_the_way, "{so}");
    let (_, in_the_way) = missing("controllers.cluster-api-provider-aws.sigs.k8s.io");
    assert!(!in_the_way);
    assert_eq!(result.account.len(), 10);
    let in_the_way = result.account.iter().filter(|need| need.is_in_the_way());
    assert_eq!(in_the_way.count(), 1);
}
