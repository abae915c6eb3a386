//! The core's errors as the classes of `onrecord.errors`.

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError};
use pyo3::prelude::*;

use crate::error::Error;

/// The exception that stands for `error`.
pub(super) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    if *error == Error::Cancelled {
        return PyKeyboardInterrupt::new_err(());
    }
    let class = py.import("onrecord.errors").and_then(|m| m.getattr(error.class()));
    match class.and_then(|class| class.call1((error.to_string(),))) {
        Ok(exception) => PyErr::from_value(exception),
        Err(_) => PyRuntimeError::new_err(error.to_string()),
    }
}
