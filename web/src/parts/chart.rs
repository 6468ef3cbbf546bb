//! How the bands of answers developed: a column for each day, drawn as SVG, with the same numbers as a table.

use crate::browser::day_text;
use crate::i18n::Texts;
use crate::repetition::Day;
use crate::statistics::BANDS;
use yew::prelude::*;

/// Size of the drawing; it scales with the page.
const HEIGHT: u32 = 160;
const COLUMN: u32 = 24;
const GAP: u32 = 8;
const AXIS: u32 = 26;

/// Draws the answers of each band by day, oldest first.
pub fn band_chart(t: &'static Texts, days: &[(Day, [u32; 5])]) -> Html {
    let most = days.iter().map(|(_, counts)| counts.iter().sum::<u32>()).max().unwrap_or_default().max(1);
    let width = (days.len() as u32).max(8) * (COLUMN + GAP);
    let column = |(index, (day, counts)): (usize, &(Day, [u32; 5]))| {
        let x = index as u32 * (COLUMN + GAP) + GAP / 2;
        let mut top = f64::from(HEIGHT);
        // The worst band lies at the foot, so that good answers rise.
        let parts = (0..BANDS.len()).rev().filter(|&band| counts[band] > 0).map(|band| {
            let height = f64::from(counts[band]) / f64::from(most) * f64::from(HEIGHT - 4);
            top -= height;
            html! {
                <rect class={BANDS[band]} x={x.to_string()} y={format!("{top:.1}")} width={COLUMN.to_string()}
                    height={format!("{:.1}", (height - 1.0).max(1.0))} rx="2" />
            }
        });
        let parts: Vec<Html> = parts.collect();
        let is_labelled = index == 0 || index + 1 == days.len() || index % 4 == 0 && index + 3 < days.len();
        html! {
            <g>
                { for parts }
                if is_labelled {
                    <text x={(x + COLUMN / 2).to_string()} y={(HEIGHT + AXIS - 7).to_string()} text-anchor="middle">
                        { day_text(*day, t.code) }
                    </text>
                }
            </g>
        }
    };
    html! {
        <figure class="chart">
            <svg viewBox={format!("-24 0 {} {}", width + 48, HEIGHT + AXIS)} role="img" aria-label={t.say("chart.label")}>
                <line class="axis" x1="0" x2={width.to_string()} y1={HEIGHT.to_string()} y2={HEIGHT.to_string()} />
                { for days.iter().enumerate().map(column) }
            </svg>
            <figcaption>
                <ul class="chart-legend">
                    { for BANDS.iter().map(|band| html! {
                        <li><span class={classes!("swatch", *band)} aria-hidden="true"></span>{ t.name("band", band) }</li>
                    }) }
                </ul>
                <details>
                    <summary>{ t.say("chart.table") }</summary>
                    <div class="scroll" tabindex="0" role="group" aria-label={t.say("chart.table")}>
                    <table>
                        <thead><tr>
                            <th scope="col">{ t.say("chart.day") }</th>
                            { for BANDS.iter().map(|band| html! { <th scope="col">{ t.name("band", band) }</th> }) }
                        </tr></thead>
                        <tbody>
                            { for days.iter().map(|(day, counts)| html! {
                                <tr>
                                    <th scope="row">{ day_text(*day, t.code) }</th>
                                    { for counts.iter().map(|count| html! { <td class="number">{ *count }</td> }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                    </div>
                </details>
            </figcaption>
        </figure>
    }
}
