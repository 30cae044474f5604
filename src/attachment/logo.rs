//! The picture of an organisation on its documents.

use super::AttachmentError;

/// A picture as PNG or JPEG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    bytes: Vec<u8>,
    kind: Kind,
}

/// How a picture is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
}

impl Logo {
    /// A picture by its bytes, which tell what it is.
    ///
    /// # Errors
    /// [`AttachmentError::Logo`] if it is neither PNG nor JPEG.
    pub fn new(bytes: Vec<u8>) -> Result<Self, AttachmentError> {
        let kind = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => Kind::Png,
            [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
            _ => return Err(AttachmentError::Logo),
        };
        Ok(Self { bytes, kind })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// The picture inside of a page.
    pub(super) fn data_uri(&self) -> String {
        use base64::Engine;
        let kind = match self.kind {
            Kind::Png => "png",
            Kind::Jpeg => "jpeg",
        };
        format!("data:image/{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(&self.bytes))
    }
}
