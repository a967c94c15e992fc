//! URLs, built and signed.

use allocation_counter::measure;
use imagekit_proto::delivery::{
    Crop, Format, Transformation, TransformationPosition, Transformations, UrlBase,
};

fn base() -> UrlBase {
    UrlBase::new("https://ik.imagekit.io/your_imagekit_id").unwrap()
}

fn five() -> Transformations {
    Transformation::new()
        .width(300)
        .height(200)
        .crop(Crop::MaintainRatio)
        .quality(80)
        .format(Format::Webp)
        .into()
}

#[test]
fn a_url_is_one_allocation() {
    let (base, steps) = (base(), five());
    let counted = measure(|| {
        let url = base.url("/folder/image.jpg").transformations(&steps);
        let url = url.position(TransformationPosition::Path).build().unwrap();
        assert_eq!(
            url,
            "https://ik.imagekit.io/your_imagekit_id/\
             tr:w-300,h-200,c-maintain_ratio,q-80,f-webp/folder/image.jpg"
        );
    });
    assert_eq!(counted.count_total, 1);
}

#[test]
fn a_transformation_string_is_one_allocation_and_the_writing_of_it() {
    let steps = five();
    assert!(measure(|| drop(steps.to_string())).count_total <= 4);
}

#[cfg(feature = "sign")]
#[test]
fn a_signed_url_is_one_allocation_and_its_verification_none() {
    use imagekit_proto::{
        Secret,
        delivery::{Expiry, UrlSigner},
        types::UnixTime,
    };
    let signer = UrlSigner::new(base(), &Secret::new("private_key")).unwrap();
    let steps = five();
    let (now, later) = (UnixTime::from_secs(1_700_000_000), UnixTime::from_secs(1_700_000_060));
    let expiry = Expiry::at(later, now).unwrap();
    let mut signed = String::new();
    let counted = measure(|| {
        let url = signer.base().url("/folder/image.jpg").transformations(&steps);
        let url = url.position(TransformationPosition::Path);
        signed = url.sign(&signer, expiry).unwrap();
    });
    assert_eq!(counted.count_total, 1);
    let counted = measure(|| {
        assert_eq!(signer.verify(&signed, now), Ok(Some(later)));
    });
    assert_eq!(counted.count_total, 0);
}
