//! The behaviour that both versions of the API share.

mod attachments;
mod blog_posts;
mod bodies;
mod comment_and_file_versions;
mod comment_trash;
mod comments_of_files;
mod file_names;
mod folders;
mod label_lists;
mod labels_properties_likes;
mod order_of_children;
mod owners_groups_exports;
mod page_drafts;
mod personal_spaces;
mod sent_metadata;
mod status;
mod unchanged_adf;
