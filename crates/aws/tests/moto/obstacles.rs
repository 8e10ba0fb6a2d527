//! What stands in the way of a user that is to go, and no bootstrap made.

use commissary_aws::UndoPlan;
use commissary_core::domain::{BootstrapState, BootstrapStep, Partition, UndoRequest};

use crate::server::{Moto, any_key};
use crate::user::bootstrap;

const SSH_KEY: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 test";

#[tokio::test]
async fn a_password_a_device_and_keys_of_a_user_are_told_before_anything_is_removed() {
    let moto = Moto::start().await;
    let admin = moto.session(&any_key()).await;
    bootstrap(&admin).await;
    let iam = moto.iam();
    let user = "Kommander";
    let password = iam.create_login_profile().user_name(user);
    password
        .password("a long Password 1!")
        .send()
        .await
        .unwrap();
    let device = iam
        .create_virtual_mfa_device()
        .virtual_mfa_device_name("phone");
    let device = device.send().await.unwrap();
    let serial = device
        .virtual_mfa_device()
        .unwrap()
        .serial_number()
        .to_owned();
    let enabled = iam
        .enable_mfa_device()
        .user_name(user)
        .serial_number(&serial);
    let enabled = enabled.authentication_code1("123456");
    enabled.authentication_code2("654321").send().await.unwrap();
    let ssh = iam.upload_ssh_public_key().user_name(user);
    ssh.ssh_public_key_body(SSH_KEY).send().await.unwrap();

    let way_back = || UndoRequest::of(&Partition::new("aws"), user, "kommander-policy");
    let plan = UndoPlan::prepare(&admin, way_back()).await.unwrap();
    let lines = &plan.planned().lines;
    let its = lines.iter().find(|line| line.step == BootstrapStep::User);
    let its = its.unwrap();
    assert_eq!(its.state, BootstrapState::Left);
    for part in [
        "a password for the AWS console",
        &serial,
        "the SSH key `APKA",
    ] {
        assert!(its.detail.contains(part), "{}", its.detail);
    }
    plan.apply(&admin, |_| {}).await.unwrap();
    assert!(iam.get_login_profile().user_name(user).send().await.is_ok());
    let devices = iam.list_mfa_devices().user_name(user).send().await.unwrap();
    assert_eq!(devices.mfa_devices().len(), 1);
}
