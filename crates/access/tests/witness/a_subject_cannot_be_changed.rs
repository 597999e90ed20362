//! Nobody becomes somebody else after the credential was checked.
use narthex_access::Subject;

fn main() {
    let mut subject = Subject::anonymous();
    subject.site_admin = true;
}
