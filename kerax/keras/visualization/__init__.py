"""``tf.keras.visualization``: images with boxes and masks."""

from kerax.keras.visualization.drawing import draw_bounding_boxes as draw_bounding_boxes
from kerax.keras.visualization.drawing import draw_segmentation_masks as draw_segmentation_masks
from kerax.keras.visualization.gallery import plot_bounding_box_gallery as plot_bounding_box_gallery
from kerax.keras.visualization.gallery import plot_image_gallery as plot_image_gallery
from kerax.keras.visualization.gallery import plot_segmentation_mask_gallery as plot_segmentation_mask_gallery
