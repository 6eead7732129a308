//! `stepwell serve`: the AWS-compatible endpoint.

use std::time::Duration;

use project::Place;
use server::{Deployment, Endpoint, Served};
use tokio::net::TcpListener;

use crate::arguments;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::stop::Stop;

/// How long answers in progress may take once the end was asked for.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn serve(arguments: arguments::Serve, screen: &mut Screen) -> Result<u8, Failure> {
    let threads = tokio::runtime::Runtime::new()?;
    threads.block_on(listen(arguments, screen))
}

async fn listen(arguments: arguments::Serve, screen: &mut Screen) -> Result<u8, Failure> {
    let mut stop = Stop::listen()?;
    let listener = Endpoint::bind(arguments.port).await.map_err(Failure::new)?;
    let place = Place {
        account: arguments.account.clone(),
        region: arguments.region.clone(),
    };
    let deployment = open(&arguments, &listener, &place)?;
    let endpoint = Endpoint::serve(listener, deployment.runtime(), place).map_err(Failure::new)?;
    let resumed = deployment.resume().await.map_err(Failure::new)?;
    endpoint.set_ready();
    screen.line(format_args!("http://{}", endpoint.address))?;
    screen.flush()?;
    if resumed > 0 {
        screen.note(format_args!("{resumed} executions of the last time go on."));
    }
    screen.note("Point AWS_ENDPOINT_URL here. Ctrl-C ends it; what runs goes on at the next start.");
    stop.asked().await;
    endpoint.stop(PATIENCE).await;
    deployment.suspend().await;
    Ok(0)
}

fn open(arguments: &arguments::Serve, listener: &TcpListener, place: &Place) -> Result<Deployment, Failure> {
    let served = Served {
        project: arguments.dir.clone(),
        data: workspace::data_folder().join("endpoint"),
        place: place.clone(),
        endpoint: format!("http://{}", listener.local_addr()?),
    };
    Deployment::open(&served).map_err(Failure::new)
}
