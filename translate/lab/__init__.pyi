# What the laboratory offers, by the room that it lives in. A name is imported when it is first used.

# Tracing: what was every quantity at every step?
from .tracing.jacobian import Chain as Chain
from .tracing.ledger import Entry as Entry, Ledger as Ledger, who_wrote as who_wrote
from .tracing.recorder import Recorder as Recorder
from .tracing.module_run import module_trace as module_trace
from .tracing.run import trace as trace
from .tracing.site import Site as Site
from .tracing.trace import Trace as Trace

# Editing: what if one of them had been another?
from .editing.counterfactual import edit as edit, forced as forced
from .editing.edit import Edit as Edit, Edits as Edits
from .editing.network import EditedNetwork as EditedNetwork
from .editing.operations import Add as Add, Affine as Affine, Clamp as Clamp, From as From
from .editing.operations import InSubspace as InSubspace
from .editing.operations import Mean as Mean, Noise as Noise, Resample as Resample
from .editing.operations import Scale as Scale, Set as Set, Zero as Zero

# Statistics: how sure is a number?
from .statistics.cluster_permutation import Cluster as Cluster, cluster_permutation as cluster_permutation
from .statistics.crossing import Rise as Rise, rise as rise
from .statistics.estimate import Course as Course, Estimate as Estimate, wilson as wilson
from .statistics.resample import Groups as Groups, resample as resample
from .statistics.resample import course_over as course_over, mean_over as mean_over, ratio_over as ratio_over
from .statistics.resample import across_seeds as across_seeds, hierarchical as hierarchical
from .statistics.tests import Comparison as Comparison, mcnemar as mcnemar, paired_permutation as paired_permutation
from .statistics.tests import benjamini_hochberg as benjamini_hochberg

# Sentences: on which sentences, at which words?
from .sentences.events import OFFSETS as OFFSETS, Seen as Seen, TwoNouns as TwoNouns
from .sentences.events import around_second as around_second, two_nouns as two_nouns
from .sentences.labels import Labels as Labels, label as label
from .sentences.lemmas import LemmaSplit as LemmaSplit, split_lemmas as split_lemmas
from .sentences.material import Material as Material, load_material as load_material
from .sentences.minimal_pairs import Case as Case, Swap as Swap, cases_after_noun as cases_after_noun
from .sentences.minimal_pairs import find_swaps as find_swaps
from .sentences.places import Place as Place, places_of as places_of
from .sentences.observed import Observed as Observed, observe as observe
from .sentences.contrast import Contrast as Contrast, read_contrasts as read_contrasts
from .sentences.contrasted import Contrasted as Contrasted

# Probes: can it be read?
from .probes.fitting import fit_readout as fit_readout
from .probes.halves import Halves as Halves
from .probes.leace import leace as leace
from .probes.nonlinear import Mlp as Mlp, fit_mlp as fit_mlp
from .probes.probe import Probe as Probe, Probes as Probes, fit_probe as fit_probe, fit_probes as fit_probes
from .probes.readout import Readout as Readout, readout_of as readout_of

# Experiments that read: what is stored, where, and how long?
from .experiments.setup import Setup as Setup
from .experiments.contrast import across_words as across_words, contrast as contrast, told_anew as told_anew
from .experiments.side_course import SideCourse as SideCourse, side_courses as side_courses
from .experiments.reading.accounts import Accounts as Accounts, accounts as accounts
from .experiments.reading.accuracy import Accuracy as Accuracy, accuracy as accuracy
from .experiments.reading.first_noun import FirstNoun as FirstNoun, first_noun as first_noun
from .experiments.reading.generalisation import Generalisation as Generalisation, generalisation as generalisation
from .experiments.reading.generalisation import generalisations as generalisations
from .experiments.reading.gradients import Gradients as Gradients, gradient_course as gradient_course
from .experiments.reading.held import Held as Held, held as held
from .experiments.reading.information import UsableInformation as UsableInformation
from .experiments.reading.information import usable_information as usable_information
from .experiments.reading.online_code import OnlineCode as OnlineCode, online_code as online_code
from .experiments.reading.pair import HeatMap as HeatMap, boy_girl as boy_girl
from .experiments.reading.selectivity import Selectivity as Selectivity, selectivity as selectivity
from .experiments.reading.stored import Reading as Reading, readings as readings, stored as stored
from .experiments.reading.time_course import TimeCourse as TimeCourse, time_courses as time_courses
from .experiments.reading.units import Ranking as Ranking, Unit as Unit, Units as Units, rank as rank, units as units
from .experiments.reading.valves import valves as valves

# Experiments that intervene: what is used, and how is it lost?
from .experiments.intervening.ablation import Ablations as Ablations, ablation as ablation
from .experiments.intervening.attention import Attention as Attention, attention as attention
from .experiments.intervening.clamps import Clamps as Clamps, clamps as clamps
from .experiments.intervening.erasure import Erasure as Erasure, erasure as erasure
from .experiments.intervening.clause_erasure import PlaceErasure as PlaceErasure
from .experiments.intervening.clause_erasure import clause_erasures as clause_erasures
from .experiments.intervening.erasure import fit_eraser as fit_eraser
from .experiments.intervening.exchange import Part as Part, exchange as exchange, state_parts as state_parts
from .experiments.intervening.exchange import decoder_exchange as decoder_exchange
from .experiments.intervening.exchange import encoder_exchange as encoder_exchange
from .experiments.intervening.necessity import Necessity as Necessity, necessity as necessity
from .experiments.intervening.neutral_twin import NeutralTwin as NeutralTwin, neutral_setup as neutral_setup
from .experiments.intervening.neutral_twin import neutral_twin as neutral_twin
from .experiments.intervening.parts import ClampedUnits as ClampedUnits, Effect as Effect, Exchange as Exchange
from .experiments.intervening.paths import Paths as Paths, paths as paths
from .experiments.intervening.residual import Residual as Residual, residual as residual
from .experiments.intervening.subspace import Subspaces as Subspaces, subspace as subspace
from .experiments.intervening.tally import Tally as Tally, Trial as Trial

# Experiments on the mechanism: where, when and by which way?
from .experiments.mechanism.causal_map import CausalMap as CausalMap, causal_map as causal_map
from .experiments.mechanism.causal_map import pairs_mapped as pairs_mapped, sites_mapped as sites_mapped
from .experiments.mechanism.closing import Closing as Closing, closing as closing
from .experiments.mechanism.two_slots import TwoSlots as TwoSlots, two_slots as two_slots

# Experiments over a training: how does it come to be?
from .experiments.at_step import AtStep as AtStep, at_step as at_step
from .experiments.emergence import Emergence as Emergence, emergence as emergence, follow as follow

# Planted networks: models whose answer is known.
from .planted.networks import Planted as Planted, make_planted as make_planted

# The whole report.
from .verdicts.whole_report import make_setup as make_setup, probe as probe
from .verdicts.contrast_findings import ContrastFindings as ContrastFindings
from .verdicts.contrast_findings import contrast_findings as contrast_findings
from .verdicts.results import Results as Results
