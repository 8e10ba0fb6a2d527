use super::builtin;

#[test]
fn the_data_loads() {
    let releases = builtin().unwrap();
    assert_eq!(releases.len(), 1);
}
